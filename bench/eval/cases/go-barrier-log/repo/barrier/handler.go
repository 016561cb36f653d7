package barrier

import (
	"log"
	"net/http"
	"os"
)

var journal = log.New(os.Stdout, "", log.LstdFlags)

// Arrive opens the barrier for a plate that is known.
func Arrive(known func(string) bool, open func()) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		plate := r.FormValue("plate")
		if !known(plate) {
			journal.Printf("refused %s", clean(plate))
			http.Error(w, "unknown plate", http.StatusForbidden)
			return
		}
		open()
		journal.Printf("barrier opened for %s", clean(plate))
		w.WriteHeader(http.StatusNoContent)
	}
}
