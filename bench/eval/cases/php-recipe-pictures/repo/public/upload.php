<?php

declare(strict_types=1);

session_start(['cookie_samesite' => 'Strict', 'cookie_httponly' => true]);
require __DIR__ . '/../src/Pictures.php';

if (!isset($_SESSION['cook'])) {
    http_response_code(401);
    exit;
}

try {
    $name = (new Pictures(__DIR__ . '/pictures'))->keep((int) $_POST['recipe'], $_FILES['picture']);
    header('Location: /recipe.php?id=' . (int) $_POST['recipe'], true, 303);
} catch (RuntimeException $problem) {
    http_response_code(422);
    echo htmlspecialchars($problem->getMessage());
}
