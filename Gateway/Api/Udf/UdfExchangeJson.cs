using System.ComponentModel;

namespace OrleansTicker.Gateway.Api.Udf;

/// <summary>An exchange that a chart may search.</summary>
/// <param name="Value">What it asks for; empty for all.</param>
/// <param name="Name">What it shows.</param>
/// <param name="Desc">What it shows beside it.</param>
internal sealed record UdfExchangeJson(
    [property: Description("What a chart asks for; empty for all.")] string Value,
    [property: Description("What it shows.")] string Name,
    [property: Description("What it shows beside it.")] string Desc);
