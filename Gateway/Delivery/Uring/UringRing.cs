using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace OrleansTicker.Gateway.Delivery.Uring;

/// <summary>
/// A submission and a completion queue that are shared with the kernel, io_uring(7). One thread at a time may use it; if the ring was set up
/// so (<see cref="UringFlags.SingleIssuer"/>), only the one that has enabled it.
/// </summary>
internal sealed class UringRing : IDisposable
{
    private readonly SafeFileHandle _ring;
    private readonly MappedMemory _queues;
    private readonly MappedMemory _entries;
    private readonly UringParameters _layout;
    private uint _submissionTail;
    private uint _completionHead;

    private UringRing(SafeFileHandle ring, MappedMemory queues, MappedMemory entries, in UringParameters layout)
    {
        (_ring, _queues, _entries, _layout) = (ring, queues, entries, layout);
        var order = MemoryMarshal.Cast<byte, uint>(queues.Bytes[(int)layout.SubmissionOrder..])[..Capacity];
        for (var index = 0; index < order.Length; index++)
        {
            order[index] = (uint)index; // Entries are always submitted in the order in which they are prepared.
        }
    }

    /// <summary>How many entries can be prepared before they are submitted.</summary>
    public int Capacity => (int)_layout.SubmissionEntries;

    private ref uint SubmissionHead => ref Counter(_layout.SubmissionHead);

    private ref uint CompletionTail => ref Counter(_layout.CompletionTail);

    /// <summary>Creates a ring that is not enabled yet.</summary>
    /// <param name="entries">How many entries can be prepared; a power of two.</param>
    /// <param name="flags">What it shall be like: <see cref="UringFlags"/>.</param>
    /// <param name="error">Why there is none, as a number of errno(3).</param>
    /// <returns>The ring; null if the system does not give one.</returns>
    public static UringRing? TryCreate(int entries, uint flags, out int error)
    {
        var layout = new UringParameters { Flags = flags | UringFlags.Disabled };
        var descriptor = UringCalls.SetUp((uint)entries, ref layout);
        error = descriptor < 0 ? -descriptor : 0;
        if (error != 0)
        {
            return null;
        }

        var ring = new SafeFileHandle(descriptor, ownsHandle: true);
        const uint Needed = UringFlags.SingleMap | UringFlags.NoDrop;
        if ((layout.Features & Needed) != Needed)
        {
            ring.Dispose();
            error = Errno.Invalid;
            return null;
        }

        var length = Math.Max(
            layout.SubmissionOrder + (layout.SubmissionEntries * sizeof(uint)),
            layout.Completions + (layout.CompletionEntries * (uint)Marshal.SizeOf<CompletionEntry>()));
        var queues = UringCalls.Map(ring, UringFlags.QueuesOffset, (int)length);
        var submissions = UringCalls.Map(ring, UringFlags.EntriesOffset, (int)layout.SubmissionEntries * Marshal.SizeOf<SubmissionEntry>());
        if (queues.IsInvalid || submissions.IsInvalid)
        {
            queues.Dispose();
            submissions.Dispose();
            ring.Dispose();
            error = Errno.NoMemory;
            return null;
        }

        return new UringRing(ring, queues, submissions, layout);
    }

    /// <summary>Lets the ring be used. The calling thread is then the one that uses it.</summary>
    /// <returns>0, or the error as a negative number.</returns>
    public int Enable() => UringCalls.Enable(_ring);

    /// <summary>Prepares an entry, which the kernel gets by the next <see cref="Submit"/>.</summary>
    /// <returns>False if there is no room.</returns>
    public bool TryPrepare(in SubmissionEntry entry)
    {
        if (_submissionTail - Volatile.Read(ref SubmissionHead) >= (uint)Capacity)
        {
            return false;
        }

        var entries = MemoryMarshal.Cast<byte, SubmissionEntry>(_entries.Bytes);
        entries[(int)(_submissionTail & (uint)(entries.Length - 1))] = entry;
        _submissionTail++;
        return true;
    }

    /// <summary>
    /// Hands the prepared entries to the kernel, in their order. Those that it does not take are forgotten.
    /// </summary>
    /// <param name="left">How many the kernel has not taken.</param>
    /// <returns>0, or the error because of which the kernel has not taken all, as a negative number.</returns>
    public int Submit(out int left)
    {
        Volatile.Write(ref Counter(_layout.SubmissionTail), _submissionTail);
        while (true)
        {
            left = (int)(_submissionTail - Volatile.Read(ref SubmissionHead));
            if (left == 0)
            {
                return 0;
            }

            var taken = UringCalls.Enter(_ring, (uint)left, 0, 0);
            if (taken <= 0 && taken != -Errno.Interrupted)
            {
                left = (int)(_submissionTail - Volatile.Read(ref SubmissionHead));
                _submissionTail -= (uint)left;
                Volatile.Write(ref Counter(_layout.SubmissionTail), _submissionTail);
                return taken == 0 ? -Errno.Again : taken;
            }
        }
    }

    /// <summary>Forgets the entries that were prepared and not submitted.</summary>
    public void Forget() => _submissionTail = Volatile.Read(ref SubmissionHead);

    /// <summary>Takes the next completion.</summary>
    /// <returns>Whether there was one.</returns>
    public bool TryTake(out CompletionEntry completion)
    {
        if (_completionHead == Volatile.Read(ref CompletionTail))
        {
            completion = default;
            return false;
        }

        var completions = MemoryMarshal.Cast<byte, CompletionEntry>(_queues.Bytes[(int)_layout.Completions..])[..(int)_layout.CompletionEntries];
        completion = completions[(int)(_completionHead & (uint)(completions.Length - 1))];
        _completionHead++;
        Volatile.Write(ref Counter(_layout.CompletionHead), _completionHead);
        return true;
    }

    /// <summary>Waits for a completion. It also fetches those that found their queue full.</summary>
    /// <returns>0, or the error as a negative number.</returns>
    public int Wait()
    {
        var result = UringCalls.Enter(_ring, 0, 1, UringFlags.GetEvents);
        return result == -Errno.Interrupted ? 0 : Math.Min(result, 0);
    }

    public void Dispose()
    {
        _entries.Dispose();
        _queues.Dispose();
        _ring.Dispose();
    }

    private ref uint Counter(uint offset) => ref MemoryMarshal.AsRef<uint>(_queues.Bytes[(int)offset..]);
}
