using OrleansTicker.Grains.Prices.Exchanges;

namespace OrleansTicker.Grains.Prices.Replay;

/// <summary>A recording to play.</summary>
/// <param name="Exchange">The exchange whose messages it holds.</param>
/// <param name="Path">The file.</param>
internal sealed record RecordingFile(IExchange Exchange, string Path);
