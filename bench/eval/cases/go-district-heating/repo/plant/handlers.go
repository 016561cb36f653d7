package plant

import (
	"encoding/json"
	"net/http"
	"strconv"
)

func State(w http.ResponseWriter, r *http.Request) {
	_ = json.NewEncoder(w).Encode(read(r.PathValue("id")))
}

func Reset(w http.ResponseWriter, r *http.Request) {
	reset(r.PathValue("id"))
	w.WriteHeader(http.StatusNoContent)
}

func Target(w http.ResponseWriter, r *http.Request) {
	degrees, err := strconv.Atoi(r.FormValue("degrees"))
	if err != nil || degrees < 30 || degrees > 95 {
		http.Error(w, "30 to 95", http.StatusUnprocessableEntity)
		return
	}
	setTarget(r.PathValue("id"), degrees)
	w.WriteHeader(http.StatusNoContent)
}
