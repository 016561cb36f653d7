package licence

import (
	"log"
	"net/http"
	"net/url"
	"time"
)

const server = "https://licences.cadtool.example/v1/check"

// Check asks the licence server whether a key is still good.
func Check(key, customer string) (bool, error) {
	client := http.Client{Timeout: 10 * time.Second, Transport: transport(log.Printf)}
	answer, err := client.PostForm(server, url.Values{"key": {key}, "customer": {customer}})
	if err != nil {
		return false, err
	}
	defer answer.Body.Close()
	return answer.StatusCode == http.StatusOK, nil
}
