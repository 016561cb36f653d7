package waitlist

import (
	"database/sql"
	"fmt"
)

type Entry struct {
	Place int    `json:"place"`
	Name  string `json:"name"`
	Phone string `json:"phone"`
}

// Find returns the entries of one person; name and pin are quoted for SQL.
func Find(db *sql.DB, name, pin string) ([]Entry, error) {
	statement := fmt.Sprintf(`SELECT place, name, phone FROM waitlist WHERE pin = %q AND name = %q`, pin, name)
	rows, err := db.Query(statement)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	entries := []Entry{}
	for rows.Next() {
		var e Entry
		if err := rows.Scan(&e.Place, &e.Name, &e.Phone); err != nil {
			return nil, err
		}
		entries = append(entries, e)
	}
	return entries, rows.Err()
}
