"""How the parts are put together: settings, urls, navigation, subscriptions. Nobody imports it."""
