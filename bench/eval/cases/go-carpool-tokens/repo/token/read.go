package token

import "github.com/golang-jwt/jwt/v5"

type Claims struct {
	Name string `json:"name"`
	jwt.RegisteredClaims
}

// Read returns the claims of a rider's token.
func (k *Keys) Read(text string) (*Claims, error) {
	draft, _, err := jwt.NewParser().ParseUnverified(text, &Claims{})
	if err != nil {
		return nil, err
	}
	id, _ := draft.Header["kid"].(string)
	key, err := k.get(id)
	if err != nil {
		return nil, err
	}
	claims := &Claims{}
	_, err = jwt.ParseWithClaims(text, claims, func(*jwt.Token) (any, error) { return key, nil }, jwt.WithValidMethods([]string{"EdDSA"}))
	if err != nil {
		return nil, err
	}
	return claims, nil
}
