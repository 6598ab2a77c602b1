// Package pricing is shared by the shop's programs.
package pricing

const vatPercent = 19

// Gross adds the tax to an amount in cents.
func Gross(net int) int {
	return net + (net*vatPercent+50)/100
}
