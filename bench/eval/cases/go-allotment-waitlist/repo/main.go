package main

import (
	"database/sql"
	"encoding/json"
	"log"
	"net/http"

	_ "modernc.org/sqlite"

	"allotments/waitlist"
)

func main() {
	db, err := sql.Open("sqlite", "file:waitlist.db?mode=ro")
	if err != nil {
		log.Fatal(err)
	}
	http.HandleFunc("/place", func(w http.ResponseWriter, r *http.Request) {
		entries, err := waitlist.Find(db, r.FormValue("name"), r.FormValue("pin"))
		if err != nil || len(entries) == 0 {
			http.Error(w, "name or PIN is wrong", http.StatusForbidden)
			return
		}
		_ = json.NewEncoder(w).Encode(entries)
	})
	log.Fatal(http.ListenAndServe(":8080", nil))
}
