<?php

declare(strict_types=1);

require __DIR__ . '/../config/pages.php';

function page(string $key): string
{
    return __DIR__ . '/../pages/' . (PAGES[$key] ?? PAGES['']);
}

$key = trim((string) ($_GET['page'] ?? ''), '/');
$file = page($key);

// pages print directly
ob_start();
include $file;
$body = ob_get_clean();
?>
<!doctype html>
<html lang="de">
<head><meta charset="utf-8"><title>Turnverein</title></head>
<body>
<nav><a href="/?page=training">Training</a> <a href="/?page=board">Vorstand</a></nav>
<?= $body ?>
</body>
</html>
