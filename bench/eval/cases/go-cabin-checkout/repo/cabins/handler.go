package cabins

import (
	"encoding/json"
	"net/http"

	"go.mongodb.org/mongo-driver/mongo"
)

func Handler(stays *mongo.Collection) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		var c Checkout
		if json.NewDecoder(r.Body).Decode(&c) != nil || c.Validate() != nil {
			http.Error(w, "cabin and code are needed", http.StatusBadRequest)
			return
		}
		stay, err := Close(r.Context(), stays, c)
		if err != nil {
			http.Error(w, "cabin or code is wrong", http.StatusForbidden)
			return
		}
		_ = json.NewEncoder(w).Encode(map[string]any{"due": stay["due"]})
	}
}
