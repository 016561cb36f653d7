package cabins

import (
	"context"
	"errors"
	"regexp"

	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/mongo"
)

var number = regexp.MustCompile(`^[0-9]{1,3}$`)

// Checkout is what the terminal sends. Older terminals send the code as a
// number, newer ones as text.
type Checkout struct {
	Cabin string `json:"cabin"`
	Code  any    `json:"code"`
}

func (c Checkout) Validate() error {
	if !number.MatchString(c.Cabin) {
		return errors.New("cabin is a number")
	}
	if c.Code == nil || c.Code == "" {
		return errors.New("code is missing")
	}
	return nil
}

// Close ends a stay and returns what is left to pay.
func Close(ctx context.Context, stays *mongo.Collection, c Checkout) (bson.M, error) {
	filter := bson.M{"cabin": c.Cabin, "code": c.Code, "open": true}
	var stay bson.M
	err := stays.FindOneAndUpdate(ctx, filter, bson.M{"$set": bson.M{"open": false}}).Decode(&stay)
	return stay, err
}
