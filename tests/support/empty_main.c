/* SPDX-License-Identifier: Apache-2.0 */
/** @file A program that does nothing: it links, or it does not. */
int main(void)
{
    return 0;
}
