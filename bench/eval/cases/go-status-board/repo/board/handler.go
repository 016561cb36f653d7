package board

import (
	"log"
	"net/http"
)

type view struct {
	Name  string
	State string
}

// Handler shows a badge for what the address says.
func Handler(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	if err := page.Execute(w, view{query.Get("name"), query.Get("state")}); err != nil {
		log.Print(err)
	}
}
