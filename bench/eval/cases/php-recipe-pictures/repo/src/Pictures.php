<?php

declare(strict_types=1);

final class Pictures
{
    private const KINDS = [IMAGETYPE_GIF, IMAGETYPE_JPEG, IMAGETYPE_PNG];

    public function __construct(private string $folder)
    {
    }

    /** Keeps a picture under its name; anything that is no picture is refused. */
    public function keep(int $recipe, array $file): string
    {
        if ($file['error'] !== UPLOAD_ERR_OK || $file['size'] > 3_000_000) {
            throw new RuntimeException('no file, or too large');
        }
        $size = getimagesize($file['tmp_name']);
        if ($size === false || !in_array($size[2], self::KINDS, true)) {
            throw new RuntimeException('not a picture');
        }
        $name = $recipe . '-' . preg_replace('/[^a-z0-9._-]/', '', strtolower(basename($file['name'])));
        move_uploaded_file($file['tmp_name'], $this->folder . '/' . $name);

        return $name;
    }
}
