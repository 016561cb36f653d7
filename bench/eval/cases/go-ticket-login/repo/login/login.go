package login

import (
	"net/http"
	"strings"

	"tickets/config"
	"tickets/customers"
)

// target keeps people on our own site.
func target(next string) string {
	if strings.HasPrefix(next, config.Origin()) {
		return next
	}
	return config.Origin() + "/account"
}

// Handler checks mail and password and goes on to where the visitor came from.
func Handler(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost {
		http.Error(w, "POST only", http.StatusMethodNotAllowed)
		return
	}
	customer, err := customers.Check(r.PostFormValue("mail"), r.PostFormValue("password"))
	if err != nil {
		http.Redirect(w, r, "/login?failed=1", http.StatusSeeOther)
		return
	}
	customers.Remember(w, customer)
	http.Redirect(w, r, target(r.FormValue("next")), http.StatusSeeOther)
}
