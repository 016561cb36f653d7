package enrol

import (
	"errors"
	"log/slog"
	"net/http"

	"school/students"
)

// Handler enrols the signed-in student and goes back to the course.
func Handler(w http.ResponseWriter, r *http.Request) {
	student, ok := students.From(r.Context())
	if !ok {
		http.Error(w, "sign in first", http.StatusUnauthorized)
		return
	}
	course := r.PostFormValue("course")
	switch err := students.Enrol(r.Context(), student, course); {
	case errors.Is(err, students.ErrFull):
		http.Error(w, "the course is full", http.StatusConflict)
	case err != nil:
		slog.Error("enrol", "student", student.ID, "error", err)
		http.Error(w, "internal", http.StatusInternalServerError)
	default:
		http.Redirect(w, r, back(r.PostFormValue("back")), http.StatusSeeOther)
	}
}
