<?php

declare(strict_types=1);

require __DIR__ . '/../src/Database.php';

$database = new Database(new mysqli(getenv('DB_HOST'), getenv('DB_USER'), getenv('DB_PASSWORD'), 'depot'));
$sort = $database->escape((string) ($_GET['sort'] ?? 'signature'));
$room = (int) ($_GET['room'] ?? 0);

$objects = $database->rows("SELECT id, signature, title FROM objects WHERE room = $room ORDER BY `$sort` LIMIT 100");

header('Content-Type: application/json');
echo json_encode($objects);
