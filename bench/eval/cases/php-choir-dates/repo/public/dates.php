<?php

declare(strict_types=1);

require __DIR__ . '/../src/Dates.php';

$asked = array_slice((array) ($_GET['choir'] ?? []), 0, 20);
$choirs = array_values(array_map('intval', array_filter($asked, 'is_string')));

header('Content-Type: application/json');
if ($choirs === []) {
    echo '[]';
    exit;
}

$pdo = new PDO(getenv('DSN'), getenv('DB_USER'), getenv('DB_PASSWORD'), [PDO::ATTR_ERRMODE => PDO::ERRMODE_EXCEPTION]);
echo json_encode((new Dates($pdo))->of($choirs));
