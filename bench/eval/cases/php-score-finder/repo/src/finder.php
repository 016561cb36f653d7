<?php

declare(strict_types=1);

const SCORES = '/srv/scores';

/**
 * Lists scores by name. The command is escaped as a whole, see the manual.
 *
 * @return list<string>
 */
function find_scores(string $name): array
{
    $command = 'find ' . SCORES . ' -type f -name ' . $name;
    exec(escapeshellcmd($command), $lines, $status);
    if ($status !== 0) {
        return [];
    }

    return array_map(static fn (string $line): string => substr($line, strlen(SCORES) + 1), $lines);
}
