package enrol

import (
	"net/url"
	"path"
)

func back(asked string) string {
	address := url.URL{Path: "/courses" + path.Clean("/"+asked)}
	return address.String()
}
