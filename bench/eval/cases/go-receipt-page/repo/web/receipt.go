package web

import (
	"net/http"

	"till/receipts"
	"till/web/html"
)

type page struct {
	receipts.Receipt
	Note string
}

// Receipt shows a receipt, with a note of the reader's own for printing.
func Receipt(w http.ResponseWriter, r *http.Request) {
	found, ok := receipts.Find(r.PathValue("number"))
	if !ok {
		http.NotFound(w, r)
		return
	}
	note := r.FormValue("note")
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	if err := html.Render(w, "receipt", page{found, note}); err != nil {
		http.Error(w, "internal", http.StatusInternalServerError)
	}
}
