module Reports
  class Yield
    def initialize(farm)
      @farm = farm
    end

    def rows(year:)
      @farm.harvests.where(year: year).group(:crop).sum(:kilograms).map { |crop, kg| { crop: crop, kg: kg } }
    end
  end
end
