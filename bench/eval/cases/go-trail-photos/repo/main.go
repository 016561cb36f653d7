package main

import (
	"errors"
	"io"
	"log"
	"net/http"

	"trail/photos"
)

func photo(w http.ResponseWriter, r *http.Request) {
	file, err := photos.Open(r.URL.Query().Get("name"))
	if errors.Is(err, photos.ErrKind) {
		http.Error(w, "pictures only", http.StatusUnsupportedMediaType)
		return
	}
	if err != nil {
		http.NotFound(w, r)
		return
	}
	defer file.Close()
	w.Header().Set("Cache-Control", "public, max-age=3600")
	_, _ = io.Copy(w, file)
}

func main() {
	http.HandleFunc("/photo", photo)
	log.Fatal(http.ListenAndServe(":8080", nil))
}
