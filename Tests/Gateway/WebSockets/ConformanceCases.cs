namespace OrleansTicker.Tests.Gateway.WebSockets;

/// <summary>What every reader of a client's WebSocket must do with what clients send, by name.</summary>
internal static class ConformanceCases
{
    public static IReadOnlyDictionary<string, ConformanceCase> All { get; } =
        ((IEnumerable<ConformanceCase>)[.. FramingCases.All, .. TextCases.All, .. CloseCases.All, .. CompressionCases.All])
        .ToDictionary(test => test.Name);

    public static TheoryData<string> Names => [.. All.Keys];
}
