package config

import "os"

// Origin is where the site is reached, for example https://tickets.example.
func Origin() string {
	if origin := os.Getenv("SITE_ORIGIN"); origin != "" {
		return origin
	}
	return "https://tickets.example"
}
