package store

import (
	"context"
	"database/sql"
	"net/url"
)

type Tariff struct {
	Code  string
	Cents int
}

func Tariffs(ctx context.Context, db *sql.DB, query url.Values) ([]Tariff, error) {
	var c condition
	if code := query.Get("code"); code != "" {
		c.add("code = $%d", code)
	}
	if class := query.Get("class"); class != "" {
		c.add("ship_class = $%d", class)
	}
	// TODO(mk): use a query builder, this is pasted together by hand
	rows, err := db.QueryContext(ctx, "SELECT code, cents FROM tariffs"+c.where()+" ORDER BY code", c.args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var found []Tariff
	for rows.Next() {
		var t Tariff
		if err := rows.Scan(&t.Code, &t.Cents); err != nil {
			return nil, err
		}
		found = append(found, t)
	}
	return found, rows.Err()
}
