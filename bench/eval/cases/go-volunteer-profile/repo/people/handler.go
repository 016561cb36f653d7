package people

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
)

// Store keeps people.
type Store interface {
	ByID(id int64) (*Person, error)
	Save(*Person) error
}

var errTwice = errors.New("more than one value")

func strict(r io.Reader, into any) error {
	decoder := json.NewDecoder(io.LimitReader(r, 10_000))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(into); err != nil {
		return err
	}
	if decoder.More() {
		return errTwice
	}
	return nil
}

// Me changes the signed-in person's own record.
func Me(store Store, current func(*http.Request) (int64, bool)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		id, ok := current(r)
		if !ok {
			http.Error(w, "sign in first", http.StatusUnauthorized)
			return
		}
		person, err := store.ByID(id)
		if err == nil {
			err = strict(r.Body, person)
		}
		if err != nil {
			http.Error(w, "cannot be changed", http.StatusUnprocessableEntity)
			return
		}
		if err := store.Save(person); err != nil {
			http.Error(w, "internal", http.StatusInternalServerError)
			return
		}
		_ = json.NewEncoder(w).Encode(person)
	}
}
