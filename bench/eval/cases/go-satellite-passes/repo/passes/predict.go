package passes

import (
	"bufio"
	"bytes"
	"context"
	"os/exec"
	"strconv"
	"time"
)

const program = "/usr/local/bin/predict"

// Next lists the coming passes of a satellite over one place.
func Next(ctx context.Context, name string, latitude, longitude float64) ([]string, error) {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	arguments := []string{
		"--lat", strconv.FormatFloat(latitude, 'f', 4, 64),
		"--lon", strconv.FormatFloat(longitude, 'f', 4, 64),
		"--", name,
	}
	out, err := exec.CommandContext(ctx, program, arguments...).Output()
	if err != nil {
		return nil, err
	}
	var lines []string
	scanner := bufio.NewScanner(bytes.NewReader(out))
	for scanner.Scan() {
		lines = append(lines, scanner.Text())
	}
	return lines, scanner.Err()
}
