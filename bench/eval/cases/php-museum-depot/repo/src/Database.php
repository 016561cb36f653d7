<?php

declare(strict_types=1);

final class Database
{
    public function __construct(private \mysqli $link)
    {
        $link->set_charset('utf8mb4');
    }

    /** Escapes a value or a name. */
    public function escape(string $text): string
    {
        return $this->link->real_escape_string($text);
    }

    public function rows(string $sql): array
    {
        return $this->link->query($sql)->fetch_all(MYSQLI_ASSOC);
    }
}
