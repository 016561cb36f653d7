package register

import (
	"encoding/json"
	"net/http"
)

// Handler takes a transcription and answers with what was understood.
func Handler(volunteer func(*http.Request) bool) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if !volunteer(r) {
			http.Error(w, "volunteers only", http.StatusForbidden)
			return
		}
		entries, err := Decode(r.Body)
		if err != nil {
			http.Error(w, "not a transcription: "+err.Error(), http.StatusUnprocessableEntity)
			return
		}
		_ = json.NewEncoder(w).Encode(entries)
	}
}
