package auth

import (
	"fmt"
	"os"

	"github.com/golang-jwt/jwt/v5"
)

// PEM is the issuer's public key; it is also served at /key.pem.
var PEM = mustRead("/etc/depot/issuer.pem")

func mustRead(name string) []byte {
	data, err := os.ReadFile(name)
	if err != nil {
		panic(err)
	}
	return data
}

func keyFor(token *jwt.Token) (any, error) {
	switch token.Method.(type) {
	case *jwt.SigningMethodRSA:
		return jwt.ParseRSAPublicKeyFromPEM(PEM)
	case *jwt.SigningMethodECDSA, *jwt.SigningMethodEd25519:
		return nil, fmt.Errorf("auth: method %v", token.Header["alg"])
	}
	return PEM, nil
}
