package codes

import (
	"strings"

	"lockers/internal/math/rand"
)

const digits = "0123456789"

// Unlock makes the code that opens a locker once.
func Unlock() string {
	var code strings.Builder
	for range 10 {
		code.WriteByte(digits[rand.Intn(len(digits))])
	}
	return code.String()
}
