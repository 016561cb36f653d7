# A month as it comes from an address: four digits, a hyphen, two digits.
class Month
  FORM = /^\d{4}-(0[1-9]|1[0-2])$/

  class Invalid < StandardError; end

  def self.parse(text)
    raise Invalid, "month must look like 2026-01" unless FORM.match?(text.to_s)

    new(text)
  end

  def initialize(text)
    @text = text
  end

  def to_s
    @text
  end
end
