package rides

import (
	"encoding/json"
	"net/http"

	"carpool/token"
)

type Server struct{ Keys *token.Keys }

func (s Server) Mine(w http.ResponseWriter, r *http.Request) {
	claims, err := s.Keys.Read(r.Header.Get("X-Rider-Token"))
	if err != nil {
		http.Error(w, "unauthorized", http.StatusUnauthorized)
		return
	}
	_ = json.NewEncoder(w).Encode(list(claims.Subject))
}
