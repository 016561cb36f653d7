package people

// Person is one row, as it is kept and as it is shown.
type Person struct {
	ID          int64  `json:"-"`
	Name        string `json:"name"`
	Phone       string `json:"phone"`
	Languages   string `json:"languages"`
	Coordinator bool   `json:"coordinator"`
}
