package firmware

import "net/http"

func Handler(w http.ResponseWriter, r *http.Request) {
	directory, err := Unpack(http.MaxBytesReader(w, r.Body, 256<<20))
	if err != nil {
		http.Error(w, "not a pack", http.StatusUnprocessableEntity)
		return
	}
	_, _ = w.Write([]byte(directory))
}
