using CsCheck;
using OrleansTicker.Gateway.WebSockets;

namespace OrleansTicker.Tests.Gateway.WebSockets;

/// <summary>The gateway's own reader hears what the platform's WebSocket hears, and never later.</summary>
public sealed class PlatformComparisonTests
{
    private const int MaxMessageBytes = 300;

    /// <summary>What the platform may still have to read when the reader has understood.</summary>
    private static readonly byte[] Rest = new byte[MaxMessageBytes + 200];

    [Fact]
    public void What_is_valid_is_heard_alike() => ClientScript.Valid.Sample(
        script =>
        {
            using var reader = new ClientFrameReader(MaxMessageBytes, script.Compression);
            var own = WithoutPongs(ReaderLog.Read(reader, script.Bytes, 1));
            var platform = PlatformLog.Read(script.Bytes, MaxMessageBytes, script.Compression);

            Assert.Equal(platform.Select(WithoutTime), own.Select(WithoutTime));
            Assert.All(own.Zip(platform), pair => Assert.True(IsInTime(pair.First, pair.Second), $"{pair}"));
        },
        iter: 2000,
        threads: 1);

    [Fact]
    public void What_is_damaged_is_heard_alike_but_for_the_known_differences() => ClientScript.Damaged.Sample(
        script =>
        {
            byte[] bytes = [.. script.Bytes, .. Rest];
            using var reader = new ClientFrameReader(MaxMessageBytes, script.Compression);
            var own = WithoutPongs(ReaderLog.Read(reader, bytes, 1));
            var platform = PlatformLog.Read(bytes, MaxMessageBytes, script.Compression);

            var alike = own.Zip(platform).TakeWhile(pair => WithoutTime(pair.First) == WithoutTime(pair.Second) && IsInTime(pair.First, pair.Second)).Count();
            var found = new Divergence(bytes, script.Compression, own[..alike], own.ElementAtOrDefault(alike), platform.ElementAtOrDefault(alike));
            Assert.True(found is { Own: null, Platform: null } || PlatformDifference.All.Any(difference => difference.Explains(found)), found.ToString());
        },
        iter: 10_000,
        threads: 1);

    private static Heard[] WithoutPongs(IEnumerable<Heard> heard) => [.. heard.Where(frame => frame.Kind != ClientFrameKind.Pong)];

    /// <summary>The platform makes 1000 of a close frame without a code.</summary>
    private static Heard WithoutTime(Heard heard) =>
        heard with { At = 0, Cause = "", Code = heard.Kind == ClientFrameKind.Close ? heard.Code ?? 1000 : null };

    /// <summary>What is whole is heard at its end, and an error no later than by the platform.</summary>
    private static bool IsInTime(Heard own, Heard platform) => own.Kind is ClientFrameKind.Text or ClientFrameKind.Ping or ClientFrameKind.Close
        ? own.At == platform.At
        : own.At <= platform.At;
}
