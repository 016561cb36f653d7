Rails.application.routes.draw do
  get "reports/:kind", to: "reports#show", constraints: { kind: /yield|moisture|prices/ }
  resources :fields, only: %i[index show]
end
