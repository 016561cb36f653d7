package gauges

import (
	"database/sql"
	"encoding/json"
	"net/http"
	"strconv"
)

// Handler answers with the rain of the last days at one station.
func Handler(db *sql.DB) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		station, err := strconv.ParseInt(r.PathValue("station"), 10, 64)
		days, err2 := strconv.Atoi(r.FormValue("days"))
		if err != nil || err2 != nil || days < 1 || days > 366 {
			http.Error(w, "station and days are numbers", http.StatusBadRequest)
			return
		}
		rows, err := sums(r.Context(), db, station, days)
		if err != nil {
			http.NotFound(w, r)
			return
		}
		defer rows.Close()
		result := map[string]float64{}
		for rows.Next() {
			var day string
			var mm float64
			if rows.Scan(&day, &mm) == nil {
				result[day] = mm
			}
		}
		_ = json.NewEncoder(w).Encode(result)
	}
}
