<?php

declare(strict_types=1);

require __DIR__ . '/../src/finder.php';

$name = (string) ($_GET['name'] ?? '');
if ($name === '' || str_contains($name, '/') || strlen($name) > 60) {
    http_response_code(400);
    exit('a name is needed');
}

header('Content-Type: application/json');
echo json_encode(find_scores($name));
