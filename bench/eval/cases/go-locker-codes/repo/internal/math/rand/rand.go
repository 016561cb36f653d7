// Package rand has the functions of its namesake that we use.
package rand

import (
	"crypto/rand"
	"math/big"
)

// Intn returns a number from 0 to n-1.
func Intn(n int) int {
	number, err := rand.Int(rand.Reader, big.NewInt(int64(n)))
	if err != nil {
		panic(err)
	}
	return int(number.Int64())
}
