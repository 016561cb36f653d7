<?php

declare(strict_types=1);

require __DIR__ . '/../src/Basket.php';

$text = (string) ($_COOKIE['basket'] ?? '');
$basket = Basket::fromText($text);
$basket->add((int) ($_POST['article'] ?? 0));

setcookie('basket', $basket->toText(), ['httponly' => true, 'secure' => true, 'samesite' => 'Lax', 'path' => '/']);
header('Location: /basket.php', true, 303);
