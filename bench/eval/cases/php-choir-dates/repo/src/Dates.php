<?php

declare(strict_types=1);

final class Dates
{
    public function __construct(private PDO $pdo)
    {
    }

    /** @param list<int> $choirs */
    public function of(array $choirs): array
    {
        $marks = implode(',', array_fill(0, count($choirs), '?'));
        $statement = $this->pdo->prepare("SELECT day, place FROM dates WHERE choir IN ($marks) ORDER BY day");
        $statement->execute($choirs);

        return $statement->fetchAll(PDO::FETCH_ASSOC);
    }
}
