using System.ComponentModel;

namespace OrleansTicker.Gateway.Api.Udf;

/// <summary>A kind of symbol that a chart may search.</summary>
/// <param name="Name">What it shows.</param>
/// <param name="Value">What it asks for.</param>
internal sealed record UdfSymbolTypeJson(
    [property: Description("What a chart shows.")] string Name,
    [property: Description("What it asks for.")] string Value);
