using System.Globalization;
using System.Text;
using CsCheck;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Fuzzing;

/// <summary>
/// Throws so many inputs at a parser: good ones that have been damaged, and noise. None may throw, hang, or make the parser ask
/// for memory out of proportion. What is tried is written in docs/security.md, and has to be.
/// </summary>
internal static class Fuzz
{
    /// <summary>What a parser may allocate for any input, and for each byte of one.</summary>
    private const long FreeBytes = 64 << 10;
    private const long BytesPerByte = 256;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>Fuzzes a parser of bytes.</summary>
    /// <param name="what">Its name in docs/security.md.</param>
    /// <param name="count">How many inputs.</param>
    /// <param name="seeds">Good inputs to damage; each character is a byte.</param>
    /// <param name="parse">Parses an input, and checks what it makes of it.</param>
    public static Task BytesAsync(string what, int count, string[] seeds, Action<byte[]> parse) => RunAsync(
        what,
        count,
        Damaged([.. seeds.Select(Encoding.Latin1.GetBytes)]),
        input => Allocations.AtMost(FreeBytes + (BytesPerByte * input.Length), () => parse(input)));

    /// <summary>Fuzzes a parser of text: each byte of an input is a character, and some are characters that are none of a byte.</summary>
    public static Task TextAsync(string what, int count, string[] seeds, Action<string> parse) => BytesAsync(
        what, count, seeds, input => parse(string.Concat(Encoding.Latin1.GetString(input).Select(c => c == '\u00fe' ? '\ud800' : c == '\u00ff' ? '\u212a' : c))));

    /// <summary>One of these.</summary>
    public static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(index => texts[index]);

    /// <summary>Runs a property with a fixed number of inputs, and looks for that number in the documentation.</summary>
    public static async Task RunAsync<T>(string what, int count, Gen<T> inputs, Action<T> check)
    {
        var documentation = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "security.md"), TestContext.Current.CancellationToken);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"| {what} | {count:N0} |"), documentation, StringComparison.Ordinal);

        // On a thread of its own, since allocations are counted by thread.
        var fuzzing = Task.Factory.StartNew(
            () => inputs.Sample(check, iter: count, threads: 1), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await fuzzing.WaitAsync(Patience, TimeProvider.System, TestContext.Current.CancellationToken);
    }

    private static Gen<byte[]> Damaged(byte[][] seeds) => Gen.Frequency(
        (1, Gen.Byte.Array[0, 200]),
        (4, Gen.Select(Gen.Int[0, seeds.Length - 1], Gen.Select(Gen.Int[0, 5], Gen.Int[0, 1 << 20], Gen.Byte).Array[0, 6], (seed, edits) =>
            edits.Aggregate(seeds[seed], (bytes, edit) => Damage(bytes, edit.Item1, edit.Item2, edit.Item3)))));

    private static byte[] Damage(byte[] bytes, int kind, int where, byte value)
    {
        var at = where % (bytes.Length + 1);
        return kind switch
        {
            0 => [.. bytes[..at], value, .. bytes[at..]],
            1 when at < bytes.Length => [.. bytes[..at], value, .. bytes[(at + 1)..]],
            2 when at < bytes.Length => [.. bytes[..at], .. bytes[(at + 1)..]],
            3 => bytes[..at],
            4 when bytes.Length < 2000 => [.. bytes, .. bytes[at..]],
            5 => [.. bytes[..at], .. Enumerable.Repeat(value, where % 50), .. bytes[at..]],
            _ => bytes,
        };
    }
}
