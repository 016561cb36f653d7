package main

import (
	"encoding/json"
	"log"
	"net/http"
	"strconv"

	"sky/passes"
)

func main() {
	http.HandleFunc("GET /passes/{name}", func(w http.ResponseWriter, r *http.Request) {
		latitude, err1 := strconv.ParseFloat(r.FormValue("lat"), 64)
		longitude, err2 := strconv.ParseFloat(r.FormValue("lon"), 64)
		if err1 != nil || err2 != nil {
			http.Error(w, "lat and lon are numbers", http.StatusBadRequest)
			return
		}
		lines, err := passes.Next(r.Context(), r.PathValue("name"), latitude, longitude)
		if err != nil {
			http.Error(w, "no passes", http.StatusNotFound)
			return
		}
		_ = json.NewEncoder(w).Encode(lines)
	})
	log.Fatal(http.ListenAndServe(":8080", nil))
}
