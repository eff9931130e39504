namespace OrleansTicker.Gateway.Api.Udf;

/// <summary>An exchange that a chart may search.</summary>
/// <param name="Value">What it asks for; empty for all.</param>
/// <param name="Name">What it shows.</param>
/// <param name="Desc">What it shows beside it.</param>
internal sealed record UdfExchangeJson(string Value, string Name, string Desc);
