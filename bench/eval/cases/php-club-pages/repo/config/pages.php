<?php

const PAGES = [
    '' => 'home.php',
    'training' => 'training.php',
    'board' => 'people/board.php',
    'join' => 'forms/join.php',
];
