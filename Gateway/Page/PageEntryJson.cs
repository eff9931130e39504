namespace OrleansTicker.Gateway.Page;

/// <summary>The answer of <c>GET /entry.json</c>.</summary>
/// <param name="DemoKeyFile">The path, on the gateway's machine, of the file with the demo API key; left out where there is no such key.</param>
internal sealed record PageEntryJson(string? DemoKeyFile);
