class Lamp
  attr_reader :number, :level, :colour

  def initialize(number)
    @number = number
    @level = 0
    @colour = "white"
  end

  def dim(level)
    @level = Integer(level).clamp(0, 100)
  end

  def paint(colour)
    @colour = colour.to_s[/\A[a-z]{3,12}\z/] || @colour
  end
end
