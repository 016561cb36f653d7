SHEETS = [
    {"id": "Z-000114", "text": "Gentiana acaulis, above the tree line, leg. Huber 1911"},
    {"id": "Z-000115", "text": "Primula farinosa, wet meadow, leg. Huber 1912"},
    {"id": "Z-000116", "text": "Silene acaulis (cushion), scree, leg. Frei 1926"},
]
