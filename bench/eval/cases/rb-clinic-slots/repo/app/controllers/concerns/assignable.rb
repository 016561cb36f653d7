module Assignable
  extend ActiveSupport::Concern

  class_methods do
    def assigns(*names)
      define_method(:assignable_names) { names }
    end
  end

  def assignable(key)
    params.require(key).permit(*assignable_names).to_h
  end
end
