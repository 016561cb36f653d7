<?php

declare(strict_types=1);

final class Basket
{
    private const OPTIONS = ['allowed_classes' => false, 'max_depth' => 3];

    /** @var array<int, int> article => count */
    private array $lines = [];

    public static function fromText(string $text): self
    {
        $basket = new self();
        $value = @unserialize($text, self::OPTIONS);
        foreach (is_array($value) ? $value : [] as $article => $count) {
            if (is_int($article) && is_int($count) && $count > 0) {
                $basket->lines[$article] = min($count, 99);
            }
        }

        return $basket;
    }

    public function add(int $article): void
    {
        $this->lines[$article] = ($this->lines[$article] ?? 0) + 1;
    }

    public function toText(): string
    {
        return serialize($this->lines);
    }
}
