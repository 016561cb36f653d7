const PIECES = { k: "♚", q: "♛", r: "♜", b: "♝", n: "♞", p: "♟" };

export function draw(board, position) {
  board.textContent = [...position].map((letter) => PIECES[letter.toLowerCase()] ?? letter).join("");
}
